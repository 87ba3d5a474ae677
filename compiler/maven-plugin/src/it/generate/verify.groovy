// The class is generated, compiled and packed, and the .cnn file beside it for those who import it.
assert new File(basedir, 'target/generated-sources/fovea/shapes/tiny/Tiny.java').isFile()
def jar = new java.util.zip.ZipFile(new File(basedir, 'target/generate-1.jar'))
def names = jar.entries().collect { it.name }
jar.close()
assert names.contains('shapes/tiny/Tiny.class')
assert names.contains('app/App.class')
assert names.contains('META-INF/cnn/shapes/tiny.cnn')
