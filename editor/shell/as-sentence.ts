/** What the API says of a field, as a sentence of its own: `choose another name` becomes `Choose another name.` */
export const asSentence = (detail: string): string => {
  const begun = detail.charAt(0).toUpperCase() + detail.slice(1)
  return /[.?!…]$/.test(begun) ? begun : `${begun}.`
}
