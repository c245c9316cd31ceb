/** Characters of a password. Apart from the sign-in library, which commands need not load to say so. */
export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 128
