/**
 * Loaded into a worker before its own code (`node --import`): tells its parent, where it is asked, how much memory the
 * process has had at most, how long the longest turn of its event loop was since it was asked last, and how long one was
 * on a processor at most: on a machine that others use too, the rest of it is theirs.
 */
import { Buffer } from 'node:buffer';
import { openSync, readSync } from 'node:fs';
import { resourceUsage } from 'node:process';
import { setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const each = 2;

if (isMainThread) {
  const onProcessor = ownProcessorMs();
  let last = performance.now();
  let lastOn = onProcessor();
  let longest = 0;
  let longestOn = 0;
  setInterval(() => {
    const now = performance.now();
    const on = onProcessor();
    longest = Math.max(longest, now - last - each);
    longestOn = Math.max(longestOn, on - lastOn);
    last = now;
    lastOn = on;
  }, each).unref();
  process.on('message', (message) => {
    if (message !== 'measure') return;
    const { maxRSS, userCPUTime, systemCPUTime } = resourceUsage();
    process.send({
      megabytes: (maxRSS * 1024) / 1e6,
      longestTurnMs: longest,
      longestOnProcessorMs: process.platform === 'linux' ? longestOn : null,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    });
    longest = 0;
    longestOn = 0;
  });
}

/** How long this thread has been on a processor, where the system tells. */
function ownProcessorMs() {
  if (process.platform !== 'linux') return () => 0;
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const bytes = Buffer.alloc(64);
  return () => Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, 64, 0)), 10) / 1e6;
}
