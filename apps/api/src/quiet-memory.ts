import { Session } from 'node:inspector/promises';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';

const everyMs = 10_000;
/** Below this share of its time at work, a process is quiet. */
const quietShare = 0.02;
/** Less than this is not worth the pause. */
const leastBytes = 64 << 20;

/**
 * Gives memory back once a process is quiet. V8 leaves what finished work left behind until it needs the room, and a
 * server that was busy once would hold twice what it uses for as long as nobody asks anything. Returns how to end it.
 */
export function releaseMemoryWhenQuiet(): () => void {
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  let kept = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const isQuiet = performance.eventLoopUtilization(now, last).utilization < quietShare;
    last = now;
    if (!isQuiet || process.memoryUsage().heapTotal - kept < leastBytes) return;
    void collect().then(() => (kept = process.memoryUsage().heapTotal));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function collect(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}
