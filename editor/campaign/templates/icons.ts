import { ClipboardCheck, HandCoins, type LucideIcon, PackageCheck, Star, Truck, Undo2 } from 'lucide-react'
import type { TemplateKey } from './templates.ts'

export const TEMPLATE_ICONS = {
  thanks: PackageCheck,
  unpaid: HandCoins,
  shipped: Truck,
  accepted: ClipboardCheck,
  review: Star,
  winback: Undo2,
} satisfies Record<TemplateKey, LucideIcon>
