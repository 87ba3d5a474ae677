// Checking writes nothing.
assert new File(basedir, 'build.log').text.contains('1 file checked')
assert !new File(basedir, 'target/generated-sources/fovea').exists()
