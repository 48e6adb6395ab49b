/** A name without case and outer spaces: two names with one key are the same to people. Source: S2-24. */
export const nameKey = (name: string): string => name.trim().toLowerCase()
