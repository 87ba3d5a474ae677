package dev.fovea.compiler.source;

/**
 * A place as a person counts it: line and column from 1, columns in Unicode code points, a tab being one column.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record Position(int line, int column) implements Comparable<Position> {

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1: " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
