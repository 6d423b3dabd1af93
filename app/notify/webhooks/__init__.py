"""Telling other programs what happened: signed posts to the addresses that asked for them (Standard Webhooks)."""
