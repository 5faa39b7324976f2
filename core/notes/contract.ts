// The words of notes: what one page leaves for the next where it is too long for a cookie.

/** How many notes of one person are kept; an older one makes room. */
export const mostNotes = 20

/** UTF-8 bytes that one note may hold. */
export const longestNote = 6_000_000

/** Failure codes and the HTTP status each deserves. */
export const failures = { 'notes.too_long': 413 } as const
