// A contract that does not hold fails the build, with the figure that was measured; the one that holds says nothing.
def log = new File(basedir, 'build.log').text
assert log.contains('CNN0451')
assert log.contains('src/main/cnn/shapes/heavy.cnn:6:')
assert log.contains('650')
assert log.contains('1 error in the .cnn files')
assert !new File(basedir, 'target/generated-sources/fovea/shapes/heavy/Heavy.java').exists()
