import type { JSX } from 'react';
import { crossPath, Key } from './Key.js';
import type { MapPoint } from './map-data.js';

const shapes = {
  best: (
    <path
      d="M11,0L12.8,4.3L17.5,4.6L13.9,7.6L15.1,12L11,9.5L6.9,12L8.1,7.6L4.5,4.6L9.2,4.3Z"
      fill="#ffb000"
      stroke="#111"
    />
  ),
  measured: <circle cx="11" cy="6" r="4" fill="#fff" stroke="#111" strokeWidth="1.4" />,
  proposed: (
    <g fill="none">
      <circle cx="11" cy="6" r="5" stroke="#000" strokeWidth="4" />
      <circle cx="11" cy="6" r="5" stroke="#fff" strokeWidth="2" />
    </g>
  ),
  former: (
    <g fill="none">
      <rect x="6" y="1" width="10" height="10" stroke="#000" strokeWidth="4" />
      <rect x="6" y="1" width="10" height="10" stroke="#ffd166" strokeWidth="2" />
    </g>
  ),
  failed: (
    <g>
      <path d={crossPath(11, 6, 4)} stroke="#000" strokeWidth="4" />
      <path d={crossPath(11, 6, 4)} stroke="#fff" strokeWidth="2" />
    </g>
  ),
} as const;

const words = {
  best: 'best so far',
  measured: 'measured',
  proposed: 'proposed or in the lab',
  former: 'on the terms of now',
  failed: 'failed',
} as const;

export type MapWords = Partial<Readonly<Record<MapPoint['kind'], string>>>;

export const MapLegend = ({
  points,
  own = {},
}: {
  readonly points: readonly MapPoint[];
  readonly own?: MapWords | undefined;
}): JSX.Element => (
  <ul className="plot-legend">
    {(['best', 'measured', 'proposed', 'former', 'failed'] as const)
      .filter((kind) => points.some((point) => point.kind === kind))
      .map((kind) => (
        <Key key={kind} shape={shapes[kind]}>
          {own[kind] ?? words[kind]}
        </Key>
      ))}
  </ul>
);
