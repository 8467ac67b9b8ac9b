"""What tests share: small worlds, servers, browsers, ways to ask."""
