/** Letters of a code, and most of them that are suggested. Source: S1-12. */
export const CODE_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/
const SUGGESTED_MAX = 40

const table = (pairs: string): Record<string, string> =>
  Object.fromEntries(pairs.split(' ').map((pair) => pair.split(':') as [string, string]))

const CYRILLIC = table(
  'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:iu я:ia',
)
/** Letters that Ukrainian reads otherwise or has alone. Source: resolution 55 of the cabinet of Ukraine, 2010. */
const UKRAINIAN = { ...CYRILLIC, ...table('г:h ґ:g и:y є:ie і:i ї:i') }
const ONLY_UKRAINIAN = /[ґєії]/

/** Letters that are read together come first. Source: ELOT 743. */
const GREEK = table(
  'ου:ou αυ:av ευ:ev γγ:ng α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o',
)
const GREEK_LETTERS = new RegExp(Object.keys(GREEK).join('|'), 'g')
const ACCENTS = /\p{M}/gu
const MADE_OF_TWO = table('ß:ss æ:ae œ:oe ø:o ł:l đ:d þ:th')

/** The code that a name suggests, other than those taken: `Чекає на оплату` → `chekaie-na-oplatu`; empty if no letter can be read. */
export function suggestCode(name: string, taken: readonly string[]): string {
  const words = inLatin(name).match(/[a-z0-9]+/g) ?? []
  const code = words.join('-').slice(0, SUGGESTED_MAX).replace(/-$/, '')
  if (code === '' || !taken.includes(code)) return code
  // one of the first few is free: there are fewer codes taken than tried
  return taken.map((_, i) => `${code}-${i + 2}`).find((other) => !taken.includes(other))!
}

/** Lower-case Latin letters for any Cyrillic, Greek or accented ones; what is in no table stays. */
function inLatin(text: string): string {
  const lower = text.toLowerCase()
  const cyrillic = ONLY_UKRAINIAN.test(lower) ? UKRAINIAN : CYRILLIC
  return [...lower]
    .map((letter) => cyrillic[letter] ?? MADE_OF_TWO[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replace(GREEK_LETTERS, (letters) => GREEK[letters]!)
}
