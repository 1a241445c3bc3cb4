"""The PDF writer's parts. They import reportlab at the top: only `reports.pdf_writer` loads them, when a
document is printed."""
