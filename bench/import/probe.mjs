/**
 * Loaded into a worker before its own code (`node --import`): tells its parent, where it is asked, how much memory the
 * process has had at most, and how long the longest turn of its event loop was since it was asked last.
 */
import { resourceUsage } from 'node:process';
import { setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const each = 2;

if (isMainThread) {
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - each);
    last = now;
  }, each).unref();
  process.on('message', (message) => {
    if (message !== 'measure') return;
    const { maxRSS, userCPUTime, systemCPUTime } = resourceUsage();
    process.send({
      megabytes: (maxRSS * 1024) / 1e6,
      longestTurnMs: longest,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    });
    longest = 0;
  });
}
