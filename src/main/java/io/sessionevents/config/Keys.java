package io.sessionevents.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All keys that there are.
 *
 * @param settings ours, in the order of the document
 * @param renamed keys that have another name now: the old one and the new one
 * @param synonyms spellings that are another key of ours: all of the program takes the same value, or none starts
 * @param families ours that there may be several of, each with a name in it
 * @param foreign those that are passed on
 */
public record Keys(
        List<Setting<?>> settings,
        Map<String, String> renamed,
        Map<String, String> synonyms,
        List<KeyFamily> families,
        List<ForeignKeys> foreign) {

    /** Our own setting of that name. */
    Optional<Setting<?>> setting(String key) {
        return Stream.concat(
                        settings.stream().filter(setting -> setting.name().equals(key)),
                        families.stream().flatMap(family -> family.setting(key).stream()))
                .findFirst();
    }

    /** Who takes that key; empty for ours and for unknown ones. */
    Optional<ForeignKeys> library(String key) {
        return foreign.stream().filter(keys -> keys.include(key)).findFirst();
    }

    boolean known(String key) {
        return library(key).isPresent() || setting(key).isPresent();
    }

    /** The known key that a mistyped one was meant to be. */
    String nearest(String mistyped) {
        return NearestKey.of(
                mistyped,
                Stream.of(
                                settings.stream().map(Setting::name),
                                families.stream().flatMap(family -> family.suggestions(mistyped)),
                                foreign.stream().flatMap(keys -> keys.suggestions().stream()))
                        .flatMap(names -> names)
                        .toList());
    }

    /** The key that is meant where dots stand for hyphens, as in a variable of the environment; the same if none is. */
    String spelledAs(String dotted) {
        return Stream.concat(
                        settings.stream()
                                .map(Setting::name)
                                .filter(name -> name.replace('-', '.').equals(dotted)),
                        families.stream().flatMap(family -> family.spelledAs(dotted).stream()))
                .findFirst()
                .orElse(dotted);
    }
}
