/*
 * Switches on n8n's protection against requests to private addresses, of which this machine's is one.
 * n8n reads the setting once, when it is loaded: import this file first.
 */
process.env['N8N_SSRF_PROTECTION_ENABLED'] = 'true';
