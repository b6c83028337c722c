/*
 * Whole files.  Nothing here follows a half-written state: a file is written
 * aside, synced and renamed.  ST_NONE: no such file.  ST_TEMP: the system
 * refused, the reason is in the job.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/job.h"

/* Reads at most max bytes into out; a longer file is ST_PERM. */
enum status file_read(struct job *j, const char *path, size_t max,
    struct buf *out) must_check;
/* Reads a descriptor to its end or to max bytes; *more tells which. */
enum status file_read_fd(struct job *j, int fd, size_t max, struct buf *out,
    int *more) must_check;
enum file_sync { FILE_NOSYNC, FILE_SYNC };
/*
 * Replaces path by data in one step; ST_NONE if it held just that already.
 * FILE_SYNC: durable when this returns, the directory too.
 */
enum status file_write(struct job *j, const char *path, const void *data,
    size_t n, mode_t mode, enum file_sync sync) must_check;
/*
 * Removes what file_write() left in a folder when it was killed: files
 * NAME.PID~ whose process is gone.  Never fails; what can't be removed stays.
 */
void file_sweep(struct job *j, const char *folder);
/* The folder and those above it. */
enum status file_mkdirs(struct job *j, const char *path,
    mode_t mode) must_check;
/* Everything or an error: 0 or -1 with errno. */
int file_write_all(int fd, const void *data, size_t n);
/* Makes a new name durable: syncs the folder of path; 0 or -1 with errno. */
int file_sync_above(struct job *j, const char *path);

#endif
