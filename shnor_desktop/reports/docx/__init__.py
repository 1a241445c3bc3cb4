"""The DOCX writer's parts. They import python-docx at the top: only `reports.docx_writer` loads them, when a
document is written."""
