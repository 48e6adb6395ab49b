/** A name that programs gave, such as `customer.first_name`, or a piece of a template. */
const IS_NAME = /^(\w+[._]\w|\{)/

/** What the API says of a field, as a sentence of its own: `choose another name` becomes `Choose another name.` */
export const asSentence = (detail: string): string => {
  const begun = IS_NAME.test(detail) ? detail : detail.charAt(0).toUpperCase() + detail.slice(1)
  return /[.?!…]$/.test(begun) ? begun : `${begun}.`
}
