def log = new File(basedir, 'build.log').text
assert log.contains('src/main/cnn/shapes/wrong.cnn:5:')
assert log.contains('1 error')
