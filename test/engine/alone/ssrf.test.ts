import '../../support/ssrfProtection';

import { useHarness } from '../../support/harness';

const harness = useHarness();

it("passes on n8n's own refusal to send a request", async () => {
	const { message, description } = await harness.failure();
	expect(message).toMatch(/^The request to Palomma failed: .*(127\.0\.0\.1|blocked)/i);
	expect(description).toContain('Check that n8n reaches the internet');
	expect(harness.simulator.requests).toEqual([]);
});
