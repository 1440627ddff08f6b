import type { ReactNode } from 'react';
import type { VpnNode, VpnStatus } from '../../shared/contract/orchestrator.ts';
import type { Source } from '../live/source.ts';
import { NoExit } from '../panels/vpn-card.tsx';
import { WordMark } from '../panels/engines-mark.tsx';
import { nodeWord, placeText } from '../panels/vpn-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts, Missing } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { AgeOf, ClockContext } from './age-of.tsx';

interface Props {
  readonly source: Source<VpnStatus>;
  readonly paused: boolean;
}

/** Each VPN container, side by side: what it says, and when it was looked at. */
export function VpnPanels({ source, paused }: Props) {
  const claims = useClaims(source, paused);
  const { value } = source.reading;
  if (!value || value.nodes.length === 0) {
    return <p className="panel empty">{value ? noNodesWords(value) : 'No VPN is known yet.'}</p>;
  }
  return (
    <ClockContext value={source}>
      <div className="vpn-panels" data-unsure={!claims || undefined}>
        {value.nodes.map((node, index) => (
          <NodePanel key={node.name ?? index} node={node} status={value} claims={claims} />
        ))}
      </div>
    </ClockContext>
  );
}

function noNodesWords({ mode, enabled, nodesTotal }: VpnStatus): string {
  if (mode === 'disabled' || enabled === false)
    return 'The orchestrator runs without a VPN: disabled, not down.';
  if (nodesTotal !== null && nodesTotal > 0)
    return 'This backend counts its VPNs and does not describe them.';
  return 'The orchestrator describes no VPN.';
}

interface NodeProps {
  readonly node: VpnNode;
  readonly status: VpnStatus;
  readonly claims: boolean;
}

function NodePanel({ node, status, claims }: NodeProps) {
  const word = nodeWord(node);
  const place = placeText(node);
  const { emergency } = status;
  const takesOver =
    emergency?.active === true && emergency.healthyVpn === node.name && node.health === 'healthy';
  return (
    <Panel
      title={node.name ?? 'VPN'}
      className="vpn-panel"
      aside={
        claims ? (
          <WordMark mark={word} />
        ) : (
          <WordMark mark={{ glyph: '?', word: 'Unknown now', role: 'neutral' }} />
        )
      }
    >
      <Facts>
        <Fact label="Container">{node.status ?? <Missing />}</Fact>
        <Fact label="Health">{healthWords[node.health]}</Fact>
        <Fact label="Connected">{connectedWords(node)}</Fact>
        <Fact label="Exit IP" wide>
          <span className="exit-ip">
            {node.publicIp === null ? <NoExit node={node} /> : <ExitIp ip={node.publicIp} of={node.name} />}
            {place !== null && <span className="muted">{place}</span>}
            {place === null && node.health === 'healthy' && <span className="muted">place unverified</span>}
          </span>
        </Fact>
        <Fact label="Provider">{node.provider ?? <Missing />}</Fact>
        <Fact label="Forwarded port">{node.forwardedPort ?? <Missing why="none" />}</Fact>
        <Fact label="Checked">
          {node.lastCheck === null ? <Missing /> : <AgeOf at={node.lastCheck} ago />}
        </Fact>
        {takesOver && (
          <Fact label="Emergency mode" wide>
            It carries everything while {emergency.failedVpn ?? 'the other one'} is down.
          </Fact>
        )}
      </Facts>
      {node.error !== null && <p className="fact-note">Error: {node.error}</p>}
    </Panel>
  );
}

const healthWords: Readonly<Record<VpnNode['health'], string>> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  starting: 'starting',
  unknown: 'unknown',
};

/** The server derives it from health: said as what it is, and only where it was said. */
function connectedWords({ connected }: VpnNode): ReactNode {
  if (connected === null) return <Missing />;
  return connected ? 'yes' : 'no';
}

function ExitIp({ ip, of }: { readonly ip: string; readonly of: string | null }) {
  return (
    <>
      <span className="mono">{ip}</span>
      <CopyButton text={() => ip} className="icon-button" label={`Copy exit IP of ${of ?? 'the VPN'}`} />
    </>
  );
}
