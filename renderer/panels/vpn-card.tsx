import { memo } from 'react';
import { ShieldCheck } from 'lucide-react';
import type { VpnNode, VpnStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { timeText } from '../ui/format.ts';
import { Headline } from '../ui/headline.tsx';
import { Card } from './card.tsx';
import { emergencyWords, modeLine, nodeWord, placeText, vpnWord } from './vpn-words.ts';

interface Props {
  readonly source: Source<VpnStatus>;
  readonly paused: boolean;
}

/** The VPN as a whole and each of its containers. A failed read never reads as "disabled". */
export const VpnCard = memo(function VpnCard({ source, paused }: Props) {
  return (
    <Card
      title="VPN"
      icon={<ShieldCheck size={16} aria-hidden="true" />}
      resource="vpn:status"
      source={source}
      paused={paused}
      note={emergencyNote}
    >
      {(value) => <Body value={value} source={source} paused={paused} />}
    </Card>
  );
});

/** What emergency mode means; null: it is not active. */
export function emergencyNote(value: VpnStatus) {
  const words = emergencyWords(value);
  if (words === null) return null;
  return (
    <span className="mark" data-role="attention">
      <span className="chip-glyph" aria-hidden="true">
        ▲
      </span>{' '}
      {words}
    </span>
  );
}

interface BodyProps extends Props {
  readonly value: VpnStatus;
}

function Body({ value, source, paused }: BodyProps) {
  const { glyph, word, role } = vpnWord(value);
  return (
    <>
      <Headline
        source={source}
        paused={paused}
        glyph={glyph}
        role={role}
        sub={modeLine(value)}
        said={word.toLowerCase()}
      >
        {word}
      </Headline>
      {value.nodes.length > 0 && (
        <div className="nodes" data-many={value.nodes.length > 1 || undefined}>
          {value.nodes.map((node, index) => (
            <Node key={node.name ?? index} node={node} alone={value.nodes.length === 1} />
          ))}
        </div>
      )}
    </>
  );
}

function Node({ node, alone }: { readonly node: VpnNode; readonly alone: boolean }) {
  const word = nodeWord(node);
  const place = placeText(node);
  return (
    <div className="node">
      <p className="node-name">
        <span className="chip-glyph" data-role={word.role} aria-hidden="true">
          {word.glyph}
        </span>{' '}
        <strong>{node.name ?? 'VPN'}</strong> <span className="muted">{word.word}</span>
      </p>
      <Facts>
        <Fact label="Exit" wide={!alone}>
          {node.publicIp === null ? <NoExit node={node} /> : <span className="mono">{node.publicIp}</span>}
          <span className="fact-note">
            {place ?? (node.health === 'healthy' ? 'location unverified' : 'location not known')}
          </span>
        </Fact>
        <Fact label="Port">{node.forwardedPort ?? <Missing why="none" />}</Fact>
        <Fact label="Checked">{node.lastCheck === null ? <Missing /> : timeText(node.lastCheck)}</Fact>
        {alone && <Fact label="Provider">{node.provider ?? <Missing />}</Fact>}
      </Facts>
      {node.error !== null && <p className="fact-note">{node.error}</p>}
    </div>
  );
}

/** Up without an address is not the same as down. */
export function NoExit({ node }: { readonly node: VpnNode }) {
  if (node.connected === true || node.health === 'healthy') {
    return (
      <span className="mark" data-role="attention">
        <span className="chip-glyph" aria-hidden="true">
          ◔
        </span>{' '}
        Exit IP unverified
      </span>
    );
  }
  return <Missing why="not connected" />;
}
