import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How the files beside this one were made: of each class the first pictures, in the order of the whole data set.
 *
 * <p>{@code java CutDataSet.java /usr/share/datasets/fashion-mnist .}
 */
public class CutDataSet {
    private static final int CLASSES = 10;

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        cut(from, to, "train", 1_000);
        cut(from, to, "t10k", 200);
    }

    private static void cut(Path from, Path to, String part, int samplesPerClass) throws IOException {
        String imageFile = part + "-images-idx3-ubyte.gz";
        String labelFile = part + "-labels-idx1-ubyte.gz";
        List<byte[]> keptImages = new ArrayList<>();
        List<Integer> keptLabels = new ArrayList<>();
        int rows;
        int columns;
        try (DataInputStream images = open(from.resolve(imageFile));
                DataInputStream labels = open(from.resolve(labelFile))) {
            images.readInt();
            labels.readLong();
            int samples = images.readInt();
            rows = images.readInt();
            columns = images.readInt();
            int[] kept = new int[CLASSES];
            for (int i = 0; i < samples; i++) {
                byte[] image = images.readNBytes(rows * columns);
                int label = labels.readUnsignedByte();
                if (kept[label] < samplesPerClass) {
                    kept[label]++;
                    keptImages.add(image);
                    keptLabels.add(label);
                }
            }
        }
        try (DataOutputStream images = create(to.resolve(imageFile))) {
            images.writeInt(0x0803);
            images.writeInt(keptImages.size());
            images.writeInt(rows);
            images.writeInt(columns);
            for (byte[] image : keptImages) {
                images.write(image);
            }
        }
        try (DataOutputStream labels = create(to.resolve(labelFile))) {
            labels.writeInt(0x0801);
            labels.writeInt(keptLabels.size());
            for (int label : keptLabels) {
                labels.write(label);
            }
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
    }

    private static DataOutputStream create(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }));
    }
}
