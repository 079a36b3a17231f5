def source = new File(basedir, 'crate/src/main.rs')
source.setText(source.text.replace('first', 'second'))
