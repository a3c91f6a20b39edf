"""Data packs: a country's regions, sites, services, figures and policies, each row with its origin."""
