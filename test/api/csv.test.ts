import { expect, it } from 'vitest'
import { toCsv } from '../../api/csv.ts'

it.each([
  [['a', 'b'], 'a,b'],
  [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"'],
  [[1, -2.5, null, ''], '1,-2.5,,'],
  [['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx"],
  [['a=b', 'Call-back'], 'a=b,Call-back'],
])('writes %j', (row, line) => expect(toCsv([row])).toBe(`\ufeff${line}\r\n`))
