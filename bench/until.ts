/** Asks again and again until the answer is yes; n8n has no other way to tell that it is ready. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error('It did not come about in 60 s');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
