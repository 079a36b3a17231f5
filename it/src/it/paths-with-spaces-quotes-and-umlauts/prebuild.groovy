new File(basedir, 'module/src/grüße & \'mehr\'.txt').setText('grüße', 'UTF-8')
assert new File(basedir, 'module').renameTo(new File(basedir, 'größe und \'mehr\' "davon" $HOME'))
