import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultIn } from '../../../db/model/json-fault.ts'

it.each([
  ['{"a":1', 'it ends too early, at line 1, column 7'],
  ['', 'it ends too early, at line 1, column 1'],
  ['{"a":"b', 'it ends too early, at line 1, column 8'],
  ['{"a":x}', '"x" is not expected at line 1, column 6'],
  ['{\n  "a": 1,\n}', '"}" is not expected at line 3, column 1'],
  ['[1,]', '"]" is not expected at line 1, column 4'],
  ['[1 2]', '"2" is not expected at line 1, column 4'],
  ['{"a" 1}', '"1" is not expected at line 1, column 6'],
  ["{'a':1}", '"\'" is not expected at line 1, column 2'],
  ['{"a":1}}', '"}" is not expected at line 1, column 8'],
  ['["a\nb"]', '"\\n" is not expected at line 1, column 4'],
  ['["\\x"]', '"\\\\" is not expected at line 1, column 3'],
  ['[01]', '"1" is not expected at line 1, column 3'],
  ['[1.]', '"." is not expected at line 1, column 3'],
  ['NaN', '"N" is not expected at line 1, column 1'],
  ['[🧶]', '"🧶" is not expected at line 1, column 2'],
])('of %j names the place: %s', (text, place) => {
  expect(faultIn(text)).toBe(place)
})

/** JSON with some of its signs replaced, put in or left out. */
const almostJson = fc
  .tuple(
    fc.json(),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\0-1.eEtu \n'), fc.nat(1)), { maxLength: 2 }),
  )
  .map(([json, edits]) =>
    edits.reduce((text, [n, sign, left]) => {
      const at = n % (text.length + 1)
      return text.slice(0, at) + sign + text.slice(at + left)
    }, json),
  )

it('finds a fault exactly in what is not JSON', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(almostJson, (text) => {
      expect(faultIn(text) === null).toBe(isJson(text))
    }),
    { numRuns: 2_000 },
  )
})

it('goes through a megabyte of any nesting or text', () => {
  const million = 1_000_000
  expect(faultIn('['.repeat(million))).toBe(`it ends too early, at line 1, column ${million + 1}`)
  expect(faultIn(`"${'a'.repeat(million)}`)).toBe(`it ends too early, at line 1, column ${million + 2}`)
  expect(faultIn(`"${'\\n'.repeat(million)}"`)).toBeNull()
})
