let failed = false;

/** Whether a test of this file has failed: then the logs of n8n are kept. */
export const hasFailed = () => failed;

/** A test, of which is known afterwards whether it has failed. */
export function scene(name: string, act: () => Promise<void>): void {
	it(name, async () => {
		try {
			await act();
		} catch (error) {
			failed = true;
			throw error;
		}
	});
}
