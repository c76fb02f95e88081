import { type HTMLAttributes, type KeyboardEvent, type PointerEvent, useRef } from 'react';

/** A plot of a body that is turned, with the pointer or the arrow keys, and whose marks have names. */
export interface TurnControl {
  /** By whole degrees. */
  readonly onTurn: (right: number, down: number) => void;
  /** To how it stood at first. */
  readonly onBack: () => void;
  /** To the next experiment or the one before. */
  readonly onStep: (by: 1 | -1) => void;
  /** The mark under the pointer; kept where it was clicked. */
  readonly onMark: (mark: string | null, kept: boolean) => void;
}

const degreesAKey = 5;
const degreesAPixel = 0.5;
/** In pixels: what moves less is a click. */
const still = 3;

interface Drag {
  readonly from: { readonly x: number; readonly y: number };
  readonly x: number;
  readonly y: number;
}

type Handlers = Pick<
  HTMLAttributes<HTMLDivElement>,
  'onKeyDown' | 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onPointerLeave'
>;

const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-degreesAKey, 0],
  ArrowRight: [degreesAKey, 0],
  ArrowUp: [0, -degreesAKey],
  ArrowDown: [0, degreesAKey],
};

const markUnder = (x: number, y: number): string | null =>
  document.elementFromPoint(x, y)?.closest('[data-mark]')?.getAttribute('data-mark') ?? null;

/** What a plot that is turned listens to; nothing where it is not. */
export function useTurning(control: TurnControl | undefined): Handlers | null {
  const drag = useRef<Drag | null>(null);
  if (!control) return null;

  const onPointerMove = ({ clientX, clientY }: PointerEvent): void => {
    const before = drag.current;
    if (before === null) {
      control.onMark(markUnder(clientX, clientY), false);
      return;
    }
    const right = Math.trunc((clientX - before.x) * degreesAPixel);
    const down = Math.trunc((clientY - before.y) * degreesAPixel);
    if (right === 0 && down === 0) return;
    // What is less than a degree is not forgotten.
    drag.current = {
      ...before,
      x: before.x + right / degreesAPixel,
      y: before.y + down / degreesAPixel,
    };
    control.onTurn(right, down);
  };
  const onPointerUp = ({ clientX, clientY }: PointerEvent): void => {
    const before = drag.current;
    drag.current = null;
    if (before === null || Math.hypot(clientX - before.from.x, clientY - before.from.y) > still) return;
    control.onMark(markUnder(clientX, clientY), true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = ways[event.key];
    if (way) control.onTurn(...way);
    else if (event.key === 'Home') control.onBack();
    else if (event.key === 'Enter') control.onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') control.onMark(null, true);
    else return;
    event.preventDefault();
  };
  return {
    onKeyDown,
    onPointerMove,
    onPointerUp,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      const { clientX: x, clientY: y } = event;
      drag.current = { from: { x, y }, x, y };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onPointerLeave: () => {
      if (drag.current === null) control.onMark(null, false);
    },
  };
}
