#!/bin/sh
# Grants a principal what session-events needs of Kafka, and no more. Generated; a test keeps it as it is.
# For other topics or another application.id: 'session-events validate' prints the lines that are missing.
#
#   deploy/kafka/acls.sh BOOTSTRAP PRINCIPAL [options of kafka-acls.sh, such as --command-config FILE]
#   deploy/kafka/acls.sh kafka:9092 User:session-events --command-config admin.properties
set -eu

if [ "$#" -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
bootstrap=$1
principal=$2
shift 2

# to read session IDs
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Read --topic session-ids "$@"

# to write events
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Write --topic session-state-changed "$@"

# to write usage
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Write --topic session-usage "$@"

# to write dead letters
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Write --topic session-ids-dlq "$@"

# to show the history of a session; optional, all else works without
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Read --topic session-state-changed "$@"

# to show the history of a session; optional, all else works without
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Read --topic session-usage "$@"

# to make and use the internal topics
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Create --operation Read --operation Write --topic session-events- --resource-pattern-type prefixed "$@"

# to delete the requests that have been read
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Delete --topic session-events-session-requests-repartition "$@"

# to delete the waiting records that have been stored
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Delete --topic session-events-waiting-input-repartition "$@"

# to delete the requests for sweeps that have been read
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Delete --topic session-events-sweep-requests-repartition "$@"

# to be a member of the consumer group
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Read --group session-events "$@"

# to write in transactions
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Write --transactional-id session-events- --resource-pattern-type prefixed "$@"

# to write alerts
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Write --topic session-alerts "$@"

# to show the history of a session; optional, all else works without
kafka-acls.sh --bootstrap-server "$bootstrap" --add --allow-principal "$principal" --operation Read --topic session-alerts "$@"
