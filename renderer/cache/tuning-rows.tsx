import type { AdaptiveTtl } from '../../shared/contract/tuning.ts';
import { titleOfKey } from '../../shared/model/resources.ts';
import { ttlWords } from './tuning.ts';

/** The TTL that counts now, marked where it adapts. */
export function TtlInEffect({ of }: { readonly of: AdaptiveTtl }) {
  return (
    <span className="ttl-now muted">
      TTL {ttlWords(of.ttl)} {of.on && <span className="adaptive-mark">adaptive</span>}
    </span>
  );
}

/** Why it is that, in a line of its own under the resource's. */
export function TtlReason({ of, columns }: { readonly of: AdaptiveTtl; readonly columns: number }) {
  return (
    <tr className="ttl-why">
      <td colSpan={columns}>
        <p className="muted">
          <span className="visually-hidden">{titleOfKey(of.key) ?? of.key}: </span>TTL {of.reason}
        </p>
      </td>
    </tr>
  );
}
