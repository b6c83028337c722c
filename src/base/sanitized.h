/*
 * SANITIZED: 1 under a sanitizer that maps terabytes and reads /proc, and so
 * can't live within limits on memory, descriptors and system calls; else 0.
 */
#ifndef BASE_SANITIZED_H
#define BASE_SANITIZED_H

#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#endif
