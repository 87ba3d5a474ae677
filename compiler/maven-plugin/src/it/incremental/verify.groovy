// The first run writes, the second finds nothing to do.
def log = new File(basedir, 'build.log').text
assert log.indexOf('generated 1 class') >= 0
assert log.indexOf('nothing has changed') > log.indexOf('generated 1 class')
