package dev.fovea.cli;

import dev.fovea.runtime.watch.Bitmap;
import java.util.Base64;

/** Pieces of a page. */
final class Html {
    private Html() {}

    /** Text that means itself, also in an attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A picture in the page itself. */
    static String image(Bitmap picture, String alt) {
        return "<img width=\"" + picture.width() + "\" height=\"" + picture.height() + "\" alt=\"" + escape(alt)
                + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png()) + "\">";
    }

    /** A section with a heading. */
    static String section(String title, String body) {
        return "<section>\n<h2>" + escape(title) + "</h2>\n" + body + "\n</section>\n";
    }
}
