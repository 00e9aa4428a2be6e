"""Drawings: charts, flowcharts, tables, panels and QR codes, from values.

Takes numbers, words and addresses; gives SVG, PNG and HTML tables as text or bytes.
Never knows a site, a region or a catalogue.
"""
