import type { ComponentType } from 'react'
import type { StepOf } from '../../../db/model/campaign-schema.ts'
import { isNodeKind, type NodeKind } from '../../../db/model/node-outputs.ts'
import { ExitFields } from './fields-exit.tsx'
import { FilterFields } from './fields-filter.tsx'
import { SmsFields } from './fields-sms.tsx'
import { TriggerFields } from './fields-trigger.tsx'
import { WaitFields } from './fields-wait.tsx'

/** The form of each kind of step. One row a kind: a kind that is missing here does not compile. */
const FIELDS_OF = {
  order_status_changed: TriggerFields,
  filter_customers: FilterFields,
  wait: WaitFields,
  send_sms: SmsFields,
  exit: ExitFields,
} satisfies { [K in NodeKind]: ComponentType<{ step: StepOf<K> }> }

/** The form of the step's own settings; a step of another release has none. */
export function StepFields<K extends NodeKind>({ step }: { step: StepOf<K> }) {
  if (!isNodeKind(step.kind)) return null
  const Fields = FIELDS_OF[step.kind as K] as ComponentType<{ step: StepOf<K> }>
  return <Fields step={step} />
}
