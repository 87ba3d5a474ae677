// Only the class of the file that imports the changed one is made anew; the other is not even looked at.
def log = new File(basedir, 'build.log').text
assert log.contains('generated 2 classes, 2 changed')
assert log.contains('generated 1 class, 1 changed; 1 not looked at')
assert log.indexOf('nothing has changed') > log.indexOf('generated 1 class')
def folder = new File(basedir, 'target/generated-sources/fovea/shapes')
assert new File(folder, 'user/User.java').text.contains('relu')
assert !new File(folder, 'alone/Alone.java').text.contains('relu')
