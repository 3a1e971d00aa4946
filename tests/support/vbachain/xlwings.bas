Attribute VB_Name = "xlwings"
Option Explicit

' In the place of xlwings' module: notes what it is asked for.

Private events As String

Public Function RunPython(PythonCommand As String)
    Note "RunPython " & PythonCommand
    If InStr(PythonCommand, "'run.breaks'") > 0 Then Err.Raise 1004, , "no shell"
End Function

Public Function WScript() As Object
    Set WScript = New Dictionary
End Function

Public Sub Note(what As String)
    events = events & what & Chr(10)
End Sub

Public Function Noted() As String
    Noted = events
    events = ""
End Function
