/** An answer as n8n's request helpers hand it over: JSON is parsed, anything else is text. */
export interface ApiResponse {
	statusCode: number;
	body: unknown;
	headers: Record<string, unknown>;
}

/** @returns whether the answer says that the request was carried out */
export function isSuccess({ statusCode }: Pick<ApiResponse, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Whether the answer is a page for people, as a proxy or a log-in page sends it. */
export function isWebPage({ body }: Pick<ApiResponse, 'body'>): boolean {
	return typeof body === 'string' && body.trimStart().startsWith('<');
}
