package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;

/** Where the time of a step goes. */
interface Profile {
    /** For people: tables. */
    String text();

    /** For programs: more members of an object that has been begun. */
    void write(JsonWriter json);
}
