// A block is found in the classes folder of a module of the same build, and in its jar.
assert new File(basedir, 'app/target/classes/app/net/Net.class').isFile()
