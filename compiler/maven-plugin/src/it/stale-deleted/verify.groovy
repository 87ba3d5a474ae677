// What has no source any more is deleted, the rest stays.
assert new File(basedir, 'target/generated-sources/fovea/shapes/kept/Kept.java').isFile()
assert !new File(basedir, 'target/generated-sources/fovea/shapes/gone/Gone.java').exists()
