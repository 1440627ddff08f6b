import {
  Activity,
  Bell,
  Boxes,
  CirclePlay,
  CircleArrowUp,
  CircleHelp,
  CirclePower,
  Cpu,
  Eraser,
  Flame,
  FlaskConical,
  Gauge,
  Info,
  Moon,
  OctagonAlert,
  Pause,
  Play,
  Plug,
  Radio,
  RefreshCw,
  Server,
  Settings,
  Shield,
  SquareMinus,
  TriangleAlert,
  Wrench,
  Zap,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Severity } from '../../shared/model/events.ts';
import { severityWords } from '../ui/event-words.ts';
import { shownKindWords } from './shown-event.ts';
import type { Origin, ShownKind } from './shown-event.ts';

const kindIcons: Readonly<Record<ShownKind, LucideIcon>> = {
  state: Bell,
  vpn: Shield,
  refresh: RefreshCw,
  clear: Eraser,
  invalidate: SquareMinus,
  pause: Pause,
  resume: Play,
  sleep: Moon,
  start: CirclePlay,
  stop: CirclePower,
  profile: Plug,
  settings: Settings,
  action: Zap,
  demo: FlaskConical,
  problem: Wrench,
  update: CircleArrowUp,
  warming: Flame,
  engine: Boxes,
  stream: Radio,
  health: Activity,
  system: Cpu,
  other: CircleHelp,
};

/** Shapes of their own: how much an event deserves a look is not what state a source is in. */
const severityIcons: Readonly<Record<Severity, LucideIcon>> = {
  info: Info,
  attention: TriangleAlert,
  bad: OctagonAlert,
};
const severityRoles = { info: 'neutral', attention: 'attention', bad: 'bad' } as const;

/** An event's kind by icon and word. */
export function KindMark({ kind }: { readonly kind: ShownKind }) {
  const Icon = kindIcons[kind];
  return (
    <span className="event-mark">
      <Icon size={14} aria-hidden="true" />
      {shownKindWords[kind]}
    </span>
  );
}

interface SeverityProps {
  readonly severity: Severity;
  /** Where there is little room: the word is for assistive technology alone. */
  readonly brief?: boolean;
}

/** An event's severity by shape, word and colour. */
export function SeverityMark({ severity, brief = false }: SeverityProps) {
  const Icon = severityIcons[severity];
  return (
    <span className="event-mark" data-severity={severityRoles[severity]}>
      <Icon size={14} aria-hidden="true" />
      {brief ? <span className="visually-hidden">{severityWords[severity]}</span> : severityWords[severity]}
    </span>
  );
}

export const originWords: Readonly<Record<Origin, string>> = {
  cachedeck: 'Cachedeck',
  orchestrator: 'Orchestrator',
};
const originIcons: Readonly<Record<Origin, LucideIcon>> = { cachedeck: Gauge, orchestrator: Server };

/** Who tells an event, by icon and word. */
export function OriginMark({ origin }: { readonly origin: Origin }) {
  const Icon = originIcons[origin];
  return (
    <span className="event-mark" data-origin={origin}>
      <Icon size={14} aria-hidden="true" />
      {originWords[origin]}
    </span>
  );
}
