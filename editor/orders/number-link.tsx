import { Link } from '@tanstack/react-router'
import links from '../shell/row-link.module.css'

/** An order's number; the link reaches over its whole row or card. */
export function NumberLink({ number }: { number: string }) {
  return (
    <Link to="/orders/$number" params={{ number }} className={links.link ?? ''}>
      {number}
    </Link>
  )
}
