/** Asks again and again until the answer is yes; n8n has no other way to tell that it is ready. */
export async function until(isSo: () => Promise<boolean>, seconds: number): Promise<void> {
	const deadline = Date.now() + seconds * 1000;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`It did not come about in ${seconds} s`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Waits until n8n answers to POST at the address of a webhook. */
export async function untilListening(webhook: string, seconds: number): Promise<void> {
	// To a GET, n8n answers that a POST is meant, once it knows the webhook.
	await until(async () => (await (await fetch(webhook)).text()).includes('POST'), seconds);
}

/** Whether an execution has come to its end, good or bad. */
export function hasEnded({ status }: { status: string }): boolean {
	return !/new|running/.test(status);
}
