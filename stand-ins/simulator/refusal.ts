/** The simulated Palomma does not do what it is asked for. */
export class Refusal extends Error {
	constructor(
		message: string,
		readonly status: 400 | 404 = 400,
	) {
		super(message);
	}
}
