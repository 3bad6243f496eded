import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what requests or other executions bring about. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await pause(1);
}
