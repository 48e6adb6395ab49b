import { Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Settings2 } from 'lucide-react'
import { useNow } from '../orders/use-now.ts'
import { formatCount, formatIn } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import { Copied } from './copied.tsx'
import classes from './integrations.module.css'
import type { Shop } from './queries.ts'

/** One connected shop: where it posts, and what came of it. */
export function ShopCard({ shop }: { shop: Shop }) {
  const { id, name, url, received, invalid, lastReceivedAt, statusMap } = shop
  const nowMs = useNow()
  const mapped = Object.keys(statusMap).length
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        <Badge>{m.shops_woocommerce()}</Badge>
      </div>
      <dl className={classes.facts}>
        <dt className={classes.wide}>{m.shops_url()}</dt>
        <dd className={classes.wide}>
          <Copied value={url} what={m.shops_url()} />
        </dd>
        <dt>{m.shops_received()}</dt>
        <dd>{received > 0 ? formatCount(received) : m.shops_received_none()}</dd>
        {lastReceivedAt && (
          <>
            <dt>{m.shops_last()}</dt>
            <dd>{formatIn(lastReceivedAt, nowMs)}</dd>
          </>
        )}
        <dt>{m.shops_invalid()}</dt>
        <dd>{invalid > 0 ? <Unusable count={invalid} /> : formatCount(0)}</dd>
        <dt>{m.shops_map()}</dt>
        <dd>{mapped > 0 ? m.shops_mapped({ count: mapped }) : m.shops_mapped_none()}</dd>
      </dl>
      <div className={classes.foot}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Settings2 size={14} aria-hidden />}
          aria-label={m.shops_open_named({ name })}
          renderRoot={(props) => <Link {...props} to="/integrations" search={{ id }} />}
        >
          {m.shops_open()}
        </Button>
      </div>
    </li>
  )
}

const Unusable = ({ count }: { count: number }) => (
  <span className={classes.copied}>
    <CircleAlert size={14} aria-hidden />
    {formatCount(count)}
  </span>
)
