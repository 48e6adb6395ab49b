import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELDS, OPERATORS } from '../../../db/model/filter.ts'
import type { Condition } from '../../../db/model/filter-schema.ts'
import { names } from '../../../db/model/lists.ts'
import {
  newCondition,
  operatorsFor,
  withField,
  withMore,
  withOperator,
  withoutRule,
  withRule,
  withValue,
} from '../../../editor/filter/edit.ts'

describe('a condition', () => {
  it('never compares a field by an operator that does not fit, whatever is chosen after what', () => {
    const choice = fc.oneof(fc.constantFrom(...names(FIELDS)), fc.nat(20))
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 12 }), (choices) => {
        let condition = newCondition()
        for (const chosen of choices) {
          const operators = operatorsFor(condition.field)
          condition =
            typeof chosen === 'string'
              ? withField(condition, chosen)
              : withOperator(condition, operators[chosen % operators.length]!)
          expect(operatorsFor(condition.field)).toContain(condition.operator)
          const wants = OPERATORS[condition.operator].value
          if (condition.value !== undefined) expect(Array.isArray(condition.value)).toBe(wants === 'many')
        }
      }),
    )
  })

  it('keeps its value where another operator can mean the same', () => {
    const is = withValue({ field: 'order.source', operator: 'equals' }, 'web')
    expect(withOperator(is, 'isOneOf')).toEqual({ field: 'order.source', operator: 'isOneOf', value: ['web'] })
    expect(withOperator(withOperator(is, 'isOneOf'), 'contains')).toEqual({
      field: 'order.source',
      operator: 'contains',
      value: 'web',
    })
    expect(withOperator(is, 'isGiven')).toEqual({ field: 'order.source', operator: 'isGiven' })
  })

  it('forgets a status when another kind of status is compared', () => {
    const is = withValue<Condition>({ field: 'order.general', operator: 'equals' }, 'ok')
    expect(withField(is, 'order.delivery')).toEqual({ field: 'order.delivery', operator: 'equals' })
  })

  it('has no value once it is emptied', () => {
    expect(withValue({ field: 'order.total', operator: 'atLeast', value: '5' }, '')).toEqual({
      field: 'order.total',
      operator: 'atLeast',
    })
  })
})

describe('a group', () => {
  const group = { combinator: 'and', rules: [newCondition()] } as const
  it('changes one rule and leaves the others as they are', () => {
    const two = withMore({ ...group, rules: [...group.rules] }, { field: 'customer.phone', operator: 'isGiven' })
    expect(withRule(two, 0, two.rules[1]!).rules).toEqual([two.rules[1], two.rules[1]])
    expect(withoutRule(two, 0).rules).toEqual([two.rules[1]])
    expect(withoutRule(two, 0).rules[0]).toBe(two.rules[1])
  })
})
