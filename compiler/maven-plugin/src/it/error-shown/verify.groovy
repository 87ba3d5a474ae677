// The fault is shown with its place, as a fault of the project: no stack trace.
def log = new File(basedir, 'build.log').text
assert log.contains('src/main/cnn/shapes/wrong.cnn:5:')
assert log.contains('conv(8, kernel=7)')
assert log =~ /error\[CNN\d{4}\]/
assert log.contains('1 error')
assert !log.contains('java.lang.')
assert !new File(basedir, 'target/generated-sources/fovea/shapes').exists()
