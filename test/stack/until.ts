/** Polls until `check` answers something other than undefined, null or false; throws after `maxMs`. */
export async function until<T>(check: () => Promise<T> | T, maxMs = 20_000): Promise<NonNullable<T>> {
  for (const endsAt = Date.now() + maxMs; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
    const found = await check()
    if (found) return found
    if (Date.now() > endsAt) throw new Error(`did not come to hold within ${maxMs} ms`)
  }
}
