package io.sessionevents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What FOCUS 1.2, in its edition of 30 May 2025 (tag v1.2 of the specification), demands of the rows of a dataset. Columns that are
 * conditional on commitment discounts, capacity reservations, availability zones, another pricing currency or several types of
 * account are not listed: the rows here have none.
 */
final class FocusRules {
    /** Name, level (mandatory, conditional, recommended), type, and whether it may be null. */
    private static final String COLUMNS = """
            BilledCost M Decimal no
            BillingAccountId M String no
            BillingAccountName M String yes
            BillingCurrency M String no
            BillingPeriodEnd M Date/Time no
            BillingPeriodStart M Date/Time no
            ChargeCategory M String no
            ChargeClass M String yes
            ChargeDescription M String yes
            ChargeFrequency R String no
            ChargePeriodEnd M Date/Time no
            ChargePeriodStart M Date/Time no
            ConsumedQuantity C Decimal yes
            ConsumedUnit C String yes
            ContractedCost M Decimal no
            ContractedUnitPrice C Decimal yes
            EffectiveCost M Decimal no
            InvoiceIssuerName M String no
            ListCost M Decimal no
            ListUnitPrice C Decimal yes
            PricingCategory C String yes
            PricingQuantity M Decimal yes
            PricingUnit M String yes
            ProviderName M String no
            PublisherName M String no
            RegionId C String yes
            RegionName C String yes
            ResourceId C String yes
            ResourceName C String yes
            ResourceType C String yes
            ServiceCategory M String no
            ServiceName M String no
            ServiceSubcategory R String no
            SkuId C String yes
            SkuMeter C String yes
            SkuPriceDetails C JSON yes
            SkuPriceId C String yes
            SubAccountId C String yes
            SubAccountName C String yes
            Tags C JSON yes
            """;

    private static final Map<String, String> TYPES =
            Map.of("Decimal", "DECIMAL.*", "String", "VARCHAR", "Date/Time", "TIMESTAMP.*", "JSON", "JSON");

    /** Rules over rows, as conditions that each row must fulfil. */
    private static final Map<String, String> CONDITIONS = conditions();

    private FocusRules() {}

    private static Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "ChargeCategory is allowed", "ChargeCategory IN ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')");
        conditions.put("ChargeClass is allowed", "coalesce(ChargeClass, 'Correction') = 'Correction'");
        conditions.put("ChargeFrequency is allowed", "ChargeFrequency IN ('One-Time', 'Recurring', 'Usage-Based')");
        conditions.put(
                "PricingCategory is allowed",
                "coalesce(PricingCategory, 'Other') IN ('Standard', 'Dynamic', 'Committed', 'Other')");
        conditions.put("ServiceCategory is allowed", "ServiceCategory IN ('Analytics', 'Compute')");
        conditions.put(
                "ServiceSubcategory is of its category",
                "(ServiceCategory = 'Analytics' AND ServiceSubcategory = 'Data Processing')"
                        + " OR (ServiceCategory = 'Compute' AND ServiceSubcategory = 'Serverless Compute')");
        conditions.put("BillingCurrency is three letters", "regexp_full_match(BillingCurrency, '[A-Z]{3}')");
        conditions.put("a charge ends after it starts", "ChargePeriodStart < ChargePeriodEnd");
        conditions.put("a billing period ends after it starts", "BillingPeriodStart < BillingPeriodEnd");
        conditions.put(
                "ConsumedUnit is there with its quantity", "(ConsumedQuantity IS NULL) = (ConsumedUnit IS NULL)");
        conditions.put("PricingUnit is there with its quantity", "(PricingQuantity IS NULL) = (PricingUnit IS NULL)");
        // Recommended; a unit that FOCUS does not list, as vCPU, is spelled as in AWS's price list.
        conditions.put(
                "a unit is of the unit format",
                "regexp_full_match(concat(ConsumedUnit, PricingUnit), '((GB|vCPU)-Hours)*')");
        conditions.put(
                "usage has a quantity and a price",
                "ChargeClass IS NOT NULL OR (ConsumedQuantity IS NOT NULL AND PricingQuantity IS NOT NULL"
                        + " AND PricingCategory IS NOT NULL AND ListUnitPrice IS NOT NULL"
                        + " AND ContractedUnitPrice IS NOT NULL)");
        conditions.put(
                "usage has a SKU",
                "ChargeClass IS NOT NULL OR (SkuId IS NOT NULL AND SkuPriceId IS NOT NULL AND SkuMeter IS NOT NULL)");
        conditions.put(
                "a unit price is not negative",
                "coalesce(ListUnitPrice, 0) >= 0 AND coalesce(ContractedUnitPrice, 0) >= 0");
        conditions.put(
                "a cost is price times quantity",
                "ChargeClass IS NOT NULL OR (ListCost = ListUnitPrice * PricingQuantity"
                        + " AND ContractedCost = ContractedUnitPrice * PricingQuantity)");
        conditions.put("a resource has a type and an id", "(ResourceId IS NULL) = (ResourceType IS NULL)");
        conditions.put(
                "names come with their ids",
                "(RegionId IS NULL) = (RegionName IS NULL) AND (SubAccountId IS NULL) = (SubAccountName IS NULL)");
        conditions.put(
                "tags are one object of plain values",
                "Tags IS NULL OR (json_type(Tags) = 'OBJECT' AND NOT list_has_any("
                        + "[json_type(value) FOR value IN json_extract(Tags, '$.*')], ['OBJECT', 'ARRAY']))");
        conditions.put(
                "a correction is of an earlier period", "ChargeClass IS NULL OR ChargePeriodEnd <= BillingPeriodStart");
        return conditions;
    }

    /** The rules that the rows of that table or view break. */
    static List<String> broken(Statement statement, String table) throws SQLException {
        Map<String, String> types = types(statement, table);
        List<String> broken = new ArrayList<>();
        for (String column : COLUMNS.lines().toList()) {
            String[] rule = column.split(" ", -1);
            String type = types.remove(rule[0]);
            if (type == null) {
                if (rule[1].equals("M")) {
                    broken.add(rule[0] + " is mandatory");
                }
                continue;
            }
            if (!type.matches(TYPES.get(rule[2]))) {
                broken.add(rule[0] + " is " + rule[2]);
            }
            if (rule[3].equals("no") && any(statement, table, rule[0] + " IS NULL")) {
                broken.add(rule[0] + " is never null");
            }
            if (rule[2].equals("String") && any(statement, table, "trim(" + rule[0] + ") = ''")) {
                broken.add(rule[0] + " is never empty");
            }
        }
        types.keySet().stream()
                .filter(name -> !name.startsWith("x_"))
                .forEach(name -> broken.add(name + " is of FOCUS or begins with x_"));
        return broken.isEmpty() ? brokenByRows(statement, table) : broken;
    }

    private static List<String> brokenByRows(Statement statement, String table) throws SQLException {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, String> condition : CONDITIONS.entrySet()) {
            if (any(statement, table, "(" + condition.getValue() + ") IS NOT TRUE")) {
                broken.add(condition.getKey());
            }
        }
        return broken;
    }

    private static Map<String, String> types(Statement statement, String table) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (ResultSet columns = statement.executeQuery("DESCRIBE " + table)) {
            while (columns.next()) {
                types.put(columns.getString("column_name"), columns.getString("column_type"));
            }
        }
        return types;
    }

    private static boolean any(Statement statement, String table, String condition) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM " + table + " WHERE " + condition + " LIMIT 1")) {
            return found.next();
        }
    }
}
